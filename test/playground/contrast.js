/**
 * Evaluated in the page as one expression: each text whose contrast with what is behind it is
 * below WCAG 2.2 AA (4.5, or 3 for large text), each field whose edge is below 3 against its
 * surroundings, and each gauge whose fill is below 3 against its track. Colours are the computed
 * ones, through translucent layers and groups.
 */
;(() => {
  const parsed = (colour) => {
    const [red, green, blue, alpha = 1] = colour.match(/[\d.]+/g).map(Number)
    return { rgb: [red, green, blue], alpha }
  }
  const mixed = (over, under, share) => over.map((one, i) => one * share + under[i] * (1 - share))
  const painted = (colour, under) => {
    const { rgb, alpha } = parsed(colour)
    return mixed(rgb, under, alpha)
  }
  const luminance = (rgb) => {
    const [red, green, blue] = rgb.map((one) => {
      const share = one / 255
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
  }
  const ratio = (one, other) => {
    const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b)
    return (high + 0.05) / (low + 0.05)
  }

  /** What is painted behind the content of an element, and the groups that fade it. */
  const surfaceOf = (element) => {
    const path = []
    for (let one = element; one !== null; one = one.parentElement) path.unshift(one)
    const dark = matchMedia('(prefers-color-scheme: dark)').matches
    let surface = dark ? [18, 18, 18] : [255, 255, 255]
    const fades = []
    for (const one of path) {
      const style = getComputedStyle(one)
      if (Number(style.opacity) < 1) fades.unshift([Number(style.opacity), surface])
      surface = painted(style.backgroundColor, surface)
    }
    return { surface, fades }
  }
  const faded = (rgb, fades) => fades.reduce((one, [share, under]) => mixed(one, under, share), rgb)

  const contrast = (colour, element) => {
    const { surface, fades } = surfaceOf(element)
    return ratio(faded(painted(colour, surface), fades), faded(surface, fades))
  }
  const isSeen = (element) => {
    const { width, height } = element.getBoundingClientRect()
    const style = getComputedStyle(element)
    return width > 1 && height > 1 && style.visibility === 'visible'
  }
  const low = []
  const hold = (what, element, found, least) => {
    if (found >= least) return
    const name = `${element.tagName.toLowerCase()}.${element.className}`
    low.push(`${what} ${name}: ${found.toFixed(2)} < ${least}`)
  }
  const leastOf = (style) => {
    const size = parseFloat(style.fontSize)
    return size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700) ? 3 : 4.5
  }

  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (texts.nextNode()) {
    const text = texts.currentNode
    const element = text.parentElement
    if (text.data.trim() === '' || element.closest('option, noscript, :disabled') !== null) continue
    if (!isSeen(element) || element.closest('.hidden') !== null) continue
    const style = getComputedStyle(element)
    hold(`"${text.data.slice(0, 30)}"`, element, contrast(style.color, element), leastOf(style))
  }
  for (const field of document.querySelectorAll('input:not([type=checkbox]), textarea, select')) {
    if (!isSeen(field) || field.closest('.hidden') !== null) continue
    const style = getComputedStyle(field)
    hold('value of', field, contrast(style.color, field), 4.5)
    const placeholder = getComputedStyle(field, '::placeholder')
    if (field.value === '' && field.placeholder)
      hold('placeholder of', field, contrast(placeholder.color, field), 4.5)
    const { surface } = surfaceOf(field.parentElement)
    const edge = ratio(painted(style.borderTopColor, surface), surface)
    hold('edge of', field, edge, 3)
  }
  for (const fill of document.querySelectorAll('.fill')) {
    const { surface } = surfaceOf(fill.parentElement)
    const colour = getComputedStyle(fill).backgroundColor
    hold('fill of', fill, ratio(painted(colour, surface), surface), 3)
  }
  return [...new Set(low)]
})()
