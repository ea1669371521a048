import '@fontsource-variable/inter/wght.css'
import '@fontsource-variable/jetbrains-mono/wght.css'
import '../styles/index.css'
import { createApp } from 'vue'
import Gallery from './Gallery.vue'

// As the system has it: the theme is a preference of the lab, which this page is not.
const dark = matchMedia('(prefers-color-scheme: dark)')
const follow = () => (document.documentElement.dataset['theme'] = dark.matches ? 'dark' : 'light')
follow()
dark.addEventListener('change', follow)

createApp(Gallery).mount('#app')
