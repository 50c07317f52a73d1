/**
 * Describes the state of Jobs and CronJobs in a simulated rollout: how many pods run and wait, and
 * how many have succeeded. The Jobs of a CronJob are added up.
 */
import type { KubernetesStatus } from '@stowage/kubernetes'
import type { WorkloadState, WorkTerms } from './orchestrator.js'

type JobStatus = KubernetesStatus['jobs'][number]
type CronJobStatus = KubernetesStatus['cronJobs'][number]

/** How long pods run; `names` are those of their Job and its CronJob. */
export const runOf = (
  { run, runs = {} }: Pick<WorkTerms, 'run' | 'runs'>,
  names: readonly string[],
): number | undefined => {
  if (names.length === 0) return undefined
  const name = names.find((one) => Object.hasOwn(runs, one))
  return name === undefined ? run : runs[name]
}

/** The Jobs that no known CronJob controls, and the CronJobs; pods of some Jobs run on. */
export const jobStates = (
  { jobs, cronJobs }: Pick<KubernetesStatus, 'jobs' | 'cronJobs'>,
  runsOn: (names: readonly string[]) => boolean,
): readonly WorkloadState[] => {
  const schedules = new Set(cronJobs.map(({ name }) => name))
  return [
    ...jobs
      .filter(({ cronJob = '' }) => !schedules.has(cronJob))
      .map((job) => jobState(job, runsOn([job.name, ...(job.cronJob ? [job.cronJob] : [])]))),
    ...cronJobs.map((cron) =>
      cronJobState(
        cron,
        jobs.filter(({ cronJob }) => cronJob === cron.name),
      ),
    ),
  ]
}

/** A Job whose pods run on is complete when all run that it may run at once. */
const jobState = (job: JobStatus, runsOn: boolean): WorkloadState => {
  const { name, completions, parallelism, succeeded, failed, suspended, conditions } = job
  const desired = completions ?? parallelism
  const due = Math.min(parallelism, desired - (completions === undefined ? 0 : succeeded))
  const isRunning = runsOn && job.waiting === 0 && job.ready >= due
  const failure = conditions.find(({ type, status }) => type === 'Failed' && status === 'True')
  return {
    ...{ name, desired, ...podsOf([job]) },
    isComplete:
      job.complete || (failure === undefined && (isRunning || (suspended && job.active === 0))),
    ended: { succeeded, failed, of: desired },
    ...(failure === undefined ? {} : { note: `${failure.reason}: ${failure.message}` }),
  }
}

/** A CronJob is never done: it is as it is wanted while no pod waits and no run has failed. */
const cronJobState = (
  { name, succeeded, failed }: CronJobStatus,
  jobs: readonly JobStatus[],
): WorkloadState => {
  const pods = podsOf(jobs)
  return {
    ...{ name, desired: jobs.reduce((sum, { active }) => sum + active, 0), ...pods },
    isComplete: pods.waiting === 0 && failed === 0,
    ended: { succeeded, failed },
    ...(failed === 0 ? {} : { note: `${failed} of its runs failed` }),
  }
}

const podsOf = (
  jobs: readonly JobStatus[],
): Pick<WorkloadState, 'updated' | 'pending' | 'running' | 'available' | 'waiting'> => {
  const sumOf = (count: (job: JobStatus) => number): number =>
    jobs.reduce((sum, job) => sum + count(job), 0)
  const [active, ready] = [sumOf((job) => job.active), sumOf((job) => job.ready)]
  const waiting = sumOf((job) => job.waiting)
  const pending = Math.max(0, active - waiting - ready)
  return { updated: active, pending, running: ready, available: ready, waiting }
}
