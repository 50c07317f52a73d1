/** Types of `serve-playground.js`. */
import type { Server } from 'node:http'

export const playgroundServer: (
  sent?: (path: string, bytes: number) => void,
  folder?: string,
) => Server
export const listen: (server: Server, port?: number) => Promise<string>
