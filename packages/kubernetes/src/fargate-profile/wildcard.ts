/**
 * Texts with wildcards, as the selectors of Fargate profiles have them: `*` is any number of
 * characters, none included, and `?` is exactly one.
 *
 * Source: Amazon EKS User Guide, "Define which Pods use AWS Fargate when launched" (Fargate profile
 * wildcards).
 */

/**
 * Whether the whole text is as the pattern says. The last `*` alone is ever tried again, so no text
 * takes long.
 */
export const isLike = (pattern: string, text: string): boolean => {
  let [at, read] = [0, 0]
  let star: { readonly at: number; readonly read: number } | undefined
  while (read < text.length) {
    if (pattern[at] === '*') {
      star = { at, read }
      at += 1
    } else if (pattern[at] === '?' || pattern[at] === text[read]) {
      at += 1
      read += 1
    } else if (star !== undefined) {
      star = { at: star.at, read: star.read + 1 }
      at = star.at + 1
      read = star.read
    } else return false
  }
  return [...pattern.slice(at)].every((rest) => rest === '*')
}
