/** Runs a Worker in workerd, which `npm run install-runtimes` brings, and gives what it answers. */
import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** The program. */
export const workerdPath = resolve('test/runtimes/node_modules/workerd/bin/workerd')

const moduleLine = (file: string): string =>
  `    (name = "${file}", ${file.endsWith('.wasm') ? 'wasm' : 'esModule'} = embed "${file}"),`

/** A configuration of one Worker on a free port; the first module has its handler. */
const configOf = (
  modules: readonly string[],
): string => `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = .main)],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);
const main :Workerd.Worker = (
  modules = [
${modules.map(moduleLine).join('\n')}
  ],
  compatibilityDate = "2026-06-01",
);
`

/** What a Worker answers that is made of files of a folder: modules and WebAssembly. */
export const servedFrom = (folder: string, modules: readonly string[]): Promise<string> => {
  const config = join(folder, 'workerd.capnp')
  writeFileSync(config, configOf(modules))
  return servedBy(config)
}

/** What the Worker of a configuration answers, whose socket is on a free port of this machine. */
export const servedBy = async (config: string): Promise<string> => {
  const child = spawn(workerdPath, ['serve', config, '--control-fd=3'], {
    stdio: ['ignore', 'inherit', 'inherit', 'pipe'],
  })
  try {
    const port = await new Promise<number>((found, failed) => {
      child.once('error', failed)
      child.once('exit', (code) => failed(new Error(`workerd ended with ${code}`)))
      child.stdio[3]!.once('data', (line: Buffer) =>
        found((JSON.parse(line.toString()) as { readonly port: number }).port),
      )
    })
    const response = await fetch(`http://127.0.0.1:${port}`)
    const text = await response.text()
    if (!response.ok) throw new Error(`workerd answered ${response.status}: ${text}`)
    return text
  } finally {
    child.kill()
  }
}
