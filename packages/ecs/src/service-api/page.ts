/** Splits lists into pages, each with the token for the next page. */

/** A page of a list; the token is there when more follow. */
export interface Page<Item> {
  readonly page: readonly Item[]
  readonly next: { readonly nextToken?: string }
}

/** What is asked of a page. */
export interface PageRequest {
  readonly maxResults: number
  /** Absent for the first page. */
  readonly nextToken: string | undefined
}

/** The page behind the item of a token, the first one for a token of no item. */
export const pageOf = <Item>(
  items: readonly Item[],
  tokenOf: (item: Item) => string,
  { maxResults, nextToken }: PageRequest,
): Page<Item> => {
  const from =
    nextToken === undefined ? 0 : items.findIndex((one) => tokenOf(one) === nextToken) + 1
  const page = items.slice(from, from + maxResults)
  const hasMore = items.length > from + page.length
  return { page, next: hasMore ? { nextToken: tokenOf(page.at(-1)!) } : {} }
}
