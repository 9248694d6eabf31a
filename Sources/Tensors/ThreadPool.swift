internal import Synchronization

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Threads that wait, asleep, for parts of large operations.
///
/// Whoever calls works on its own parts; threads without work join it. There are never more
/// threads at work than processors: callers count too, so experiments that run side by side each
/// keep to their own thread. Nothing spins: a part takes far longer than a wake-up.
@safe final class ThreadPool: Sendable {
  static let shared = ThreadPool()

  /// Processors, and thereby the most parts at work at once.
  let width: Int

  nonisolated(unsafe) private let mutex: UnsafeMutablePointer<pthread_mutex_t>
  nonisolated(unsafe) private let wakeUp: UnsafeMutablePointer<pthread_cond_t>
  nonisolated(unsafe) private let finished: UnsafeMutablePointer<pthread_cond_t>
  /// What follows is only touched under the mutex.
  nonisolated(unsafe) private var waiting: [Job] = []
  nonisolated(unsafe) private var callers = 0
  nonisolated(unsafe) private var helpers = 0

  private final class Job: Sendable {
    let parts: Int
    let body: @Sendable (Int) -> Void
    let next = Atomic<Int>(0)
    nonisolated(unsafe) var invitations: Int
    nonisolated(unsafe) var helping = 0

    init(parts: Int, invitations: Int, body: @escaping @Sendable (Int) -> Void) {
      self.parts = parts
      unsafe self.invitations = invitations
      self.body = body
    }

    func work() {
      while true {
        let part = next.add(1, ordering: .relaxed).oldValue
        guard part < parts else { return }
        body(part)
      }
    }
  }

  private init() {
    width = max(1, min(64, sysconf(Int32(_SC_NPROCESSORS_ONLN))))
    unsafe mutex = .allocate(capacity: 1)
    unsafe wakeUp = .allocate(capacity: 1)
    unsafe finished = .allocate(capacity: 1)
    unsafe pthread_mutex_init(mutex, nil)
    unsafe pthread_cond_init(wakeUp, nil)
    unsafe pthread_cond_init(finished, nil)
    for _ in 1..<max(width, 2) { startThread() }
  }

  /// Calls `body` once for each part, on this thread and on those that are free.
  ///
  /// Parts must not depend on each other, nor on who runs them.
  func run(parts: Int, _ body: @Sendable (Int) -> Void) {
    guard parts > 1 else {
      if parts == 1 { body(0) }
      return
    }
    withoutActuallyEscaping(body) { body in
      unsafe pthread_mutex_lock(mutex)
      unsafe callers += 1
      let free = unsafe width - callers - helpers
      let job = Job(parts: parts, invitations: max(0, min(parts - 1, free)), body: body)
      if unsafe job.invitations > 0 {
        unsafe waiting.append(job)
        for _ in 0..<(unsafe job.invitations) { unsafe pthread_cond_signal(wakeUp) }
      }
      unsafe pthread_mutex_unlock(mutex)
      job.work()
      unsafe pthread_mutex_lock(mutex)
      unsafe waiting.removeAll { $0 === job }
      while unsafe job.helping > 0 { unsafe pthread_cond_wait(finished, mutex) }
      unsafe callers -= 1
      unsafe pthread_mutex_unlock(mutex)
    }
  }

  private func help() -> Never {
    unsafe pthread_mutex_lock(mutex)
    while true {
      guard let job = unsafe waiting.first else {
        unsafe pthread_cond_wait(wakeUp, mutex)
        continue
      }
      unsafe job.invitations -= 1
      if unsafe job.invitations == 0 { unsafe waiting.removeFirst() }
      unsafe job.helping += 1
      unsafe helpers += 1
      unsafe pthread_mutex_unlock(mutex)
      job.work()
      unsafe pthread_mutex_lock(mutex)
      unsafe job.helping -= 1
      unsafe helpers -= 1
      if unsafe job.helping == 0 { unsafe pthread_cond_broadcast(finished) }
    }
  }

  private func startThread() {
    #if canImport(Darwin)
      var thread: pthread_t?
    #else
      var thread = pthread_t()
    #endif
    let pool = unsafe Unmanaged.passRetained(self).toOpaque()
    let failure = unsafe pthread_create(
      &thread, nil,
      { pool in
        #if canImport(Darwin)
          let pool = unsafe Unmanaged<ThreadPool>.fromOpaque(pool).takeRetainedValue()
        #else
          let pool = unsafe Unmanaged<ThreadPool>.fromOpaque(pool!).takeRetainedValue()
        #endif
        pool.help()
      }, pool)
    // Without the thread the callers do all the work themselves.
    if failure != 0 { unsafe Unmanaged<ThreadPool>.fromOpaque(pool).release() }
  }
}
