/**
 * Matches the wildcard patterns in the selectors of Fargate profiles: `*` matches any number of
 * characters, including none, and `?` exactly one.
 *
 * Source: Amazon EKS User Guide, "Define which Pods use AWS Fargate when launched" (Fargate profile
 * wildcards).
 */

/**
 * Whether the pattern matches the whole text. Backtracking is limited to the last `*`, so the cost
 * is at most the product of both lengths.
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
