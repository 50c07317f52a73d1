/**
 * Selects names of machine types by a pattern: a name (`m5.large`), a family (`m5`), or a text in
 * which `*` stands for any characters (`m*.large`).
 */

/** Whether the pattern means the name. */
export const isOfPattern = (pattern: string, name: string): boolean => {
  const [head = '', ...parts] = pattern.split('*')
  const tail = parts.pop()
  if (tail === undefined) return name === pattern || name.startsWith(`${pattern}.`)
  if (!name.startsWith(head) || !name.endsWith(tail)) return false
  const end = name.length - tail.length
  let at = head.length
  for (const part of parts) {
    const found = name.indexOf(part, at)
    if (found < 0) return false
    at = found + part.length
  }
  return at <= end
}
