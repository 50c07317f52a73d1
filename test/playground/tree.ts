/** Reads Chromium's accessibility tree of a page, as a screen reader gets it. */
import type { Page } from 'playwright-core'

/** A node that is not ignored. */
export interface TreeNode {
  readonly role: string
  readonly name: string
  /** Such as `level`, `live`, `focusable`, `posinset`. */
  readonly properties: Readonly<Record<string, unknown>>
  /** The texts below it, in their order. */
  readonly text: string
}

/** All nodes in the order of the document. */
export const accessibilityTree = async (page: Page): Promise<readonly TreeNode[]> => {
  const session = await page.context().newCDPSession(page)
  try {
    const { nodes } = await session.send('Accessibility.getFullAXTree')
    const byId = new Map(nodes.map((node) => [node.nodeId, node]))
    const textOf = (id: string): string => {
      const node = byId.get(id)
      if (node === undefined) return ''
      if (node.role?.value === 'StaticText') return String(node.name?.value ?? '')
      return (node.childIds ?? []).map(textOf).filter(Boolean).join(' ')
    }
    const inOrder = (id: string): readonly string[] => [
      id,
      ...(byId.get(id)?.childIds ?? []).flatMap(inOrder),
    ]
    return inOrder(nodes[0]!.nodeId).flatMap((id) => {
      const node = byId.get(id)
      if (node === undefined || node.ignored) return []
      const properties = (node.properties ?? []).map(
        ({ name, value }): readonly [string, unknown] => [name, value.value],
      )
      return [
        {
          role: String(node.role?.value ?? ''),
          name: String(node.name?.value ?? ''),
          properties: Object.fromEntries(properties),
          text: textOf(id),
        },
      ]
    })
  } finally {
    await session.detach()
  }
}
