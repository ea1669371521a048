// Typed ESLint reads .ts files without the Vue compiler; vue-tsc itself never needs this.
declare module '*.vue' {
  import type { DefineComponent } from 'vue'
  const component: DefineComponent
  export default component
}
