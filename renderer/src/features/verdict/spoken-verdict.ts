import { onWatcherCleanup, ref, watch, type Ref } from 'vue'

const pauseWhileTyping = 800

/** What the strip says aloud: a run's verdict at once, a prediction once typing has paused and only if it changed. */
export function useSpokenVerdict(verdict: () => string, happened: () => boolean): Ref<string> {
  const spoken = ref('')
  watch([verdict, happened], ([text, now]) => {
    if (now) {
      spoken.value = text
      return
    }
    const timer = setTimeout(() => (spoken.value = text), pauseWhileTyping)
    onWatcherCleanup(() => clearTimeout(timer))
  })
  return spoken
}
