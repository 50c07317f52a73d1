/**
 * Builds HTML text from elements, which are plain objects. All texts and attributes are escaped
 * here, so that a name in the input cannot become markup.
 */

/** An element; its children are elements, or texts. */
export interface Element {
  readonly tag: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly (Element | string)[]
}

/** An element with its attributes and children. */
export const element = (
  tag: string,
  attributes: Element['attributes'],
  ...children: readonly (Element | string)[]
): Element => elementOf(tag, attributes, children)

/** An element with a list of children of any length. */
export const elementOf = (
  tag: string,
  attributes: Element['attributes'],
  children: Element['children'],
): Element => ({ tag, attributes, children })

/** The element as text. */
export const htmlText = ({ tag, attributes, children }: Element): string => {
  const written = Object.entries(attributes).map(
    ([name, value]) => ` ${name}="${escapeHtml(value)}"`,
  )
  const inner = children.map((child) =>
    typeof child === 'string' ? escapeHtml(child) : htmlText(child),
  )
  return `<${tag}${written.join('')}>${inner.join('')}</${tag}>`
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => entities[character] ?? character)
