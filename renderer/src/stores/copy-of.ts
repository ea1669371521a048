/** Another value of the same JSON: a change of the one is none of the other. */
export const copyOf = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T
