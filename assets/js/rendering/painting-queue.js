// Painting in slices, one tile at a time: a frame of the map is never late because of them. What lies
// under the layers waits for them.

const SLICE_MS = 6
const SLICE_WHILE_MOVING_MS = 4

const jobs = []
let isMoving = false
let isScheduled = false
const channel = new MessageChannel()
channel.port1.onmessage = work

/** While the map moves, each frame paints little; else as much as it can. */
export function paintGentlyWhile (moving) {
  isMoving = moving
}

/**
 * Run a generator to its end, slice by slice.
 *
 * `signal` takes it off the queue. `isGround`: after all that is not. Resolves with whether it came
 * to its end.
 */
export function paintInSlices (steps, signal, isGround) {
  return new Promise((resolve, reject) => {
    const firstOfGround = isGround ? -1 : jobs.findIndex((job) => job.isGround)
    const place = firstOfGround < 0 ? jobs.length : firstOfGround
    jobs.splice(place, 0, { steps, signal, isGround, resolve, reject })
    schedule()
  })
}

function schedule () {
  if (isScheduled || jobs.length === 0) return
  isScheduled = true
  // A page in the background has no frames, and nothing to paint.
  if (isMoving) requestAnimationFrame(work)
  else channel.port2.postMessage(null)
}

function work () {
  isScheduled = false
  const end = performance.now() + (isMoving ? SLICE_WHILE_MOVING_MS : SLICE_MS)
  while (jobs.length > 0 && performance.now() < end) advance(jobs[0], end)
  schedule()
}

function advance (job, end) {
  try {
    while (!job.signal.aborted && performance.now() < end) {
      if (job.steps.next().done) return finish(job, true)
    }
  } catch (error) {
    jobs.shift()
    job.reject(error)
    return
  }
  if (job.signal.aborted) finish(job, false)
}

function finish (job, isWhole) {
  jobs.shift()
  job.resolve(isWhole)
}
