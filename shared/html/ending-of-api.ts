import type { FetchParams } from '#shared/fetch/fetch-params'
import type { Response } from '#shared/fetch/response'
import type { API } from '#shared/fetch/scripted-request'
import { endingOfBeacon } from './beacon.ts'
import type { Ending, EndingSteps } from './ending.ts'
import { endingOfEventSource } from './event-source.ts'
import { endingOfFont } from './font.ts'
import { endingOfIframe } from './iframe.ts'
import { endingOfImage } from './image.ts'
import { endingOfPreload, endingOfStylesheet } from './link.ts'
import { endingOfClassicScript, endingOfImport, endingOfModuleScript, endingOfWorker } from './script.ts'

type HTMLsAPI = Exclude<API, 'fetch' | 'xhr'>

const steps: Readonly<Record<HTMLsAPI, EndingSteps>> = {
  img: endingOfImage,
  script: endingOfClassicScript,
  module: endingOfModuleScript,
  import: endingOfImport,
  worker: endingOfWorker,
  stylesheet: endingOfStylesheet,
  font: endingOfFont,
  'link-preload-fetch': endingOfPreload,
  iframe: endingOfIframe,
  eventsource: endingOfEventSource,
  beacon: endingOfBeacon,
}

/** What the API makes of the response, and what the page may read of it. */
export const endingOfAPI = (api: HTMLsAPI, fetchParams: FetchParams, response: Response): Ending => steps[api](fetchParams, response)
