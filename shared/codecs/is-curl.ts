/** Whether a text is a cURL command; reading it takes more, in `curl.ts`. */
export const isCurl = (text: string): boolean => /^\s*(?:\$\s+)?curl(?:\.exe)?\s/.test(text)
