/** What comes of an answer hangs on its script's syntax, and the parser is still on its way. */
export class ParserAwaited extends Error {}
