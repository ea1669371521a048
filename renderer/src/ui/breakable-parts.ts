/** `https://`, `api`, `.example`, `.com`, `:8443`; `/orders`, `/17`, `?sort=name`, `&page=2`: what stays on a line together. */
export const breakableParts = (text: string): string[] => text.split(/(?<=:\/\/)|(?<!^|[:/])(?=[/?&.:])(?!:\/\/)/)
