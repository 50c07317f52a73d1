/**
 * Chooses the availability zones of new machines when the caller names none. The default is three
 * zones of us-east-1. When the user's documents name a zone outside these three, the zones of the
 * documents are used instead.
 */
const defaultZones: readonly string[] = ['us-east-1a', 'us-east-1b', 'us-east-1c']

/** The zones that new machines take in turn. `documented` are the zones that documents name. */
export const zonesOfMachines = (
  chosen: readonly string[] | undefined,
  documented: readonly string[],
): readonly string[] => {
  if (chosen !== undefined) return chosen
  return documented.every((zone) => defaultZones.includes(zone)) ? defaultZones : documented
}
