/** Writes files, and says which cannot be written. */
import { writeFile } from 'node:fs/promises'

/** The complaints, a line each; empty when everything was written. */
export const writeFiles = async (
  files: readonly { readonly path: string; readonly text: string }[],
): Promise<string> => {
  const complaints = await Promise.all(
    files.map(({ path, text }) =>
      writeFile(path, text).then(
        () => '',
        (error: unknown) => `stowage: ${path} cannot be written: ${String(error)}\n`,
      ),
    ),
  )
  return complaints.join('')
}
