import { defineAsyncComponent, type Component } from 'vue'
import LoadTrouble from './LoadTrouble.vue'

/** A screen whose script is loaded when it is first shown. Where that fails, for its host is gone, it says so. */
export const whenAsked = <Shown extends Component>(load: () => Promise<{ default: Shown }>): Shown =>
  defineAsyncComponent({ loader: () => load().then((module) => module.default), errorComponent: LoadTrouble })
