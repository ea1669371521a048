import type { ServerExchange } from '#shared/contract/wire'
import type { MarkName } from '../verdict/marks.ts'

export interface ScriptVerdict { text: string; cause: string; mark: MarkName; tone: string }
export const scriptVerdict = (_e: ServerExchange): ScriptVerdict | null => null
