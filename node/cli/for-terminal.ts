/** What strangers send may hold escape sequences that a terminal would obey. */
export const forTerminal = (text: string): string => text.replaceAll(/[^\n\P{Cc}]/gu, '·')
