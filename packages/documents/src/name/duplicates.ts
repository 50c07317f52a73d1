/**
 * Finds the items of a list that have the same name as an earlier item. Readers refuse such items,
 * because it is unclear which item counts.
 */

/** An item, its index in the list, and the first item of the same name. */
export interface Duplicate<Item> {
  readonly item: Item
  readonly index: number
  readonly first: Item
}

/** All but the first item of each name, in their order; an item without a name has no duplicate. */
export const duplicates = <Item>(
  items: readonly Item[],
  nameOf: (item: Item) => string | undefined,
): readonly Duplicate<Item>[] => {
  const firsts = new Map<string, { readonly item: Item }>()
  const found: Duplicate<Item>[] = []
  for (const [index, item] of items.entries()) {
    const name = nameOf(item)
    if (name === undefined) continue
    const first = firsts.get(name)
    if (first === undefined) firsts.set(name, { item })
    else found.push({ item, index, first: first.item })
  }
  return found
}
