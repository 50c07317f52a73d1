/**
 * Extracts the objects from what Helm prints of a release: `helm install --dry-run`, `helm upgrade
 * --dry-run` and `helm get all` print a header, values and notes around them.
 *
 * Source: Helm documentation, `helm install`, `helm upgrade` and `helm get all`.
 */

/** The first field of the header. */
const headers = /^(?:NAME|REVISION|RELEASED|LAST DEPLOYED|HOOKS):/m

/**
 * The hooks and the manifest, in the lines that they had, with nothing in the others; the whole
 * text when it is no such output.
 */
export const releaseObjects = (text: string): string => {
  if (!text.includes('MANIFEST:') || !headers.test(text)) return text
  const lines = text.split('\n')
  const placeOf = (title: string, from = 0): number =>
    lines.findIndex((line, i) => i >= from && line.trimEnd() === title)
  const manifest = placeOf('MANIFEST:')
  if (manifest < 0) return text
  const hooks = placeOf('HOOKS:')
  const start = hooks >= 0 && hooks < manifest ? hooks : manifest
  const notes = placeOf('NOTES:', manifest)
  const end = notes < 0 ? lines.length : notes
  return lines
    .map((line, i) => (i === start || i === manifest ? '---' : i > start && i < end ? line : ''))
    .join('\n')
}
