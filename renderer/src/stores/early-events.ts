interface Early<Owner> {
  readonly id: string
  readonly change: (owner: Owner) => void
}

/**
 * Events of what a call has begun, by the id that its reply names: an event may overtake that reply, and is then kept for it. Other windows' events
 * are told, too; only while a reply is awaited can an unknown one be ours.
 * @param ownerOf undefined: none has that id, or none yet
 */
export function useEarlyEvents<Owner>(ownerOf: (id: string) => Owner | undefined) {
  let early: Early<Owner>[] = []
  let awaited = 0

  return { tell, awaiting }

  function tell(id: string, change: (owner: Owner) => void) {
    const owner = ownerOf(id)
    if (owner !== undefined) change(owner)
    else if (awaited > 0) early.push({ id, change })
  }

  /** @param begin makes the call, and has `ownerOf` know the id of the reply */
  async function awaiting(begin: () => Promise<string>): Promise<string> {
    awaited += 1
    try {
      const begun = await begin()
      const those = early
      early = []
      for (const { id, change } of those) tell(id, change)
      return begun
    } finally {
      awaited -= 1
      if (awaited === 0) early = []
    }
  }
}
