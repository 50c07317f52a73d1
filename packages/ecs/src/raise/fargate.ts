/**
 * Writes sentences for three problems on Fargate: (1) refusal: the task needs something that
 * Fargate cannot give; (2) objection: the task definition should be edited first; (3) failed
 * launch: the quota or the capacity is used up.
 */
import { sizesOf, type LaunchResult } from '@stowage/fargate'
import { fieldName } from '../lower/fargate-field.js'
import type { FargateObjection, FargateRefusal } from '../lower/fargate-reason.js'
import { sizeText } from '../words/task-size.js'
import type { WarningText } from '../words/warning.js'

/** A refusal as a sentence. */
export const wordRefusal = (refusal: FargateRefusal): string => {
  switch (refusal._tag) {
    case 'Daemon':
      return 'Fargate has no DAEMON services: a daemon runs one task per instance, and there are no instances'
    case 'Privileged':
      return `container ${refusal.container} is privileged, which Fargate does not allow`
    case 'Device':
      return `container ${refusal.container} requires a resource of type ${refusal.device}, and Fargate has none`
    case 'HostPort': {
      const { container, hostPort, containerPort } = refusal
      return `container ${container} binds port ${hostPort} of the host to its port ${containerPort ?? 'range'}: on Fargate a task has no host, and the two must be equal`
    }
    case 'Fields': {
      const { container, fields } = refusal
      const names = [...new Set(fields.map(fieldName))].join(', ')
      const subject = container === undefined ? 'it' : `container ${container}`
      return `${subject} has ${names}, which Fargate does not take`
    }
    case 'NotASize': {
      const nearest = refusal.nearest.map(sizeText).join(', or ')
      return `${sizeText(refusal.size)} is not a Fargate size; the nearest: ${nearest}`
    }
    case 'TooLarge':
      return `its containers need ${sizeText(refusal.size)}, more than the largest Fargate size, ${sizeText(sizesOf(refusal.os).at(-1)!)}`
  }
}

/** An objection as a sentence. */
export const wordObjection = (objection: FargateObjection): WarningText => {
  const asWritten = 'Fargate would refuse it as written: '
  switch (objection._tag) {
    case 'NoTaskSize':
      return {
        code: 'FargateSizeAssumed',
        text: `${asWritten}it has no task-level ${objection.missing.join(' and ')}, so it is sized from its containers`,
      }
    case 'NetworkMode':
      return { code: 'FargateNetworkMode', text: `${asWritten}networkMode must be awsvpc` }
    case 'Compatibility':
      return {
        code: 'FargateCompatibility',
        text: `${asWritten}requiresCompatibilities must list FARGATE`,
      }
    case 'Constraints':
      return {
        code: 'FargateConstraints',
        text: `${asWritten}placement constraints are not supported`,
      }
    case 'Strategies':
      return {
        code: 'FargateStrategies',
        text: `${asWritten}placement strategies are not supported`,
      }
    case 'Reservation':
      return {
        code: 'FargateReservationUnshared',
        text: 'memoryReservation is below memory: on Fargate a task has its size to itself, so the difference is not shared with other tasks',
      }
  }
}

/** The part of an objection that differs from task to task; `undefined` when there is none. */
export const objectionDetail = (objection: FargateObjection): string | undefined =>
  objection._tag === 'Reservation' ? `in ${objection.containers.join(', ')}` : undefined

/**
 * The failure when Fargate accepts a task but cannot start it now. A refusal is an exception, not a
 * failure.
 */
export const capacityFailure = (
  launched: LaunchResult,
): readonly { readonly reason: string; readonly detail: string }[] => {
  switch (launched._tag) {
    case 'OverQuota':
      return [
        {
          reason: "You've reached the limit on the number of vCPUs you can run concurrently",
          detail: `${launched.running} vCPUs of ${launched.capacity} run, and ${launched.max} may`,
        },
      ]
    case 'NoCapacity':
      return [
        {
          reason:
            'Capacity is unavailable at this time. Please try again later or in a different availability zone',
          detail: `no ${launched.capacity} is left`,
        },
      ]
    case 'Vended':
    case 'Refused':
    case 'Throttled':
      return []
  }
}
