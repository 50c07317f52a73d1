/** Writes files, and reports the files that cannot be written. */
import type { DocumentFault } from '@stowage/documents'
import { access, constants, stat, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Why a file cannot be written, before there is anything to write; `undefined` when it can. */
export const unwritable = async (path: string): Promise<DocumentFault | undefined> => {
  const fault = (found: string): DocumentFault => ({
    ...{ from: path, at: [], found },
    expected: 'a file that can be written, in a folder that is there',
  })
  try {
    const there = await stat(path).catch(() => undefined)
    if (there?.isDirectory() === true) return fault('a folder')
    // With a slash at its end a file is no folder.
    await access(there === undefined ? `${dirname(path)}/` : path, constants.W_OK)
    return undefined
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
    return fault(code === 'ENOENT' ? 'no such folder' : code)
  }
}

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
