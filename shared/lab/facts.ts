import type { Facts } from '#shared/fetch/ruling'

/** The facts of a ruling by their kinds; a fact that is not there, or of another kind, reads as empty. */
export const textOrNull = (facts: Facts, name: string): string | null => (typeof facts[name] === 'string' ? facts[name] : null)
export const text = (facts: Facts, name: string): string => textOrNull(facts, name) ?? ''
export const num = (facts: Facts, name: string): number => (typeof facts[name] === 'number' ? facts[name] : 0)
export const yes = (facts: Facts, name: string): boolean => facts[name] === true
export const listed = (facts: Facts, name: string): readonly string[] | null => (Array.isArray(facts[name]) ? (facts[name] as readonly string[]) : null)
