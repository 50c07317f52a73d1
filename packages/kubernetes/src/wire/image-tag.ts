/** Reads the tag of an image reference, on which the default of `imagePullPolicy` depends. */

/** The tag; `latest` when the reference has neither a tag nor a digest. */
export const imageTag = (image: string): string => {
  if (image.includes('@')) return ''
  const name = image.slice(image.lastIndexOf('/') + 1)
  const colon = name.indexOf(':')
  return colon < 0 ? 'latest' : name.slice(colon + 1)
}
