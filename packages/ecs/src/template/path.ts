/** Parses and normalizes paths of files, and resolves paths that are relative to another file. */

/** True for an address such as `https://...` or `s3://...`. */
export const isAddress = (text: string): boolean => /^[a-z0-9]+:\/\//i.test(text)

/** The steps of a path or of an address, without host, query and fragment. */
export const stepsIn = (text: string): readonly string[] => {
  const path = isAddress(text) ? text.replace(/^[^/]*\/\/[^/]*/, '').split(/[?#]/, 1)[0]! : text
  return path.split('/').filter((step) => step !== '' && step !== '.')
}

/** A path that is relative to the folder of another file. */
export const pathBeside = (file: string, path: string): string =>
  normalPath(path.startsWith('/') ? path : `${file.slice(0, file.lastIndexOf('/') + 1)}${path}`)

/** A path without `.` and without `..` but at its beginning. */
export const normalPath = (path: string): string => {
  const steps: string[] = []
  for (const step of stepsIn(path))
    if (step === '..' && steps.length > 0 && steps.at(-1) !== '..') steps.pop()
    else steps.push(step)
  return `${path.startsWith('/') ? '/' : ''}${steps.join('/')}`
}
