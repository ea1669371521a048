/** A deviation's name as words: `safelistsClientHints`, "safelists client hints". */
export const deviationWords = (name: string): string => name.replace(/[A-Z]/g, (capital) => ` ${capital.toLowerCase()}`)
