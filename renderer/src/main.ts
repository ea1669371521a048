import '@fontsource-variable/inter/wght.css'
import '@fontsource-variable/jetbrains-mono/wght.css'
import './styles/index.css'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './App.vue'
import { handOverParserWhenAsked } from './hand-over-parser.ts'

handOverParserWhenAsked()
createApp(App).use(createPinia()).mount('#app')
