internal import CKernels
internal import Synchronization

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Threads that sleep until there are parts of large operations to compute.
///
/// The calling thread computes parts too, and idle threads join it. There are never more busy
/// threads than processors: callers count, and so do whole runs within `computing`, so that
/// experiments that run concurrently each keep to their own thread.
///
/// A waiting thread spins for as long as a wake-up takes (measured: 50 µs in a virtual machine)
/// before it sleeps, because the operations of a step follow each other in less time. It never
/// spins longer: if another process needs the processor, at most that time is wasted.
@safe final class ThreadPool: Sendable {
  static let shared = ThreadPool()

  /// The number of processors, which is the maximum number of concurrent parts.
  static let width = max(1, min(64, sysconf(Int32(_SC_NPROCESSORS_ONLN))))

  nonisolated(unsafe) private let mutex: UnsafeMutablePointer<pthread_mutex_t>
  nonisolated(unsafe) private let wakeUp: UnsafeMutablePointer<pthread_cond_t>
  nonisolated(unsafe) private let finished: UnsafeMutablePointer<pthread_cond_t>
  /// This and the following are accessed only under the mutex.
  nonisolated(unsafe) private var waiting: [Job] = []
  nonisolated(unsafe) private var callers = 0
  nonisolated(unsafe) private var helpers = 0
  nonisolated(unsafe) private var runs = 0
  nonisolated(unsafe) private var sleepers = 0
  nonisolated(unsafe) private var hasStarted = false
  /// Invitations that no thread has accepted yet, for threads that spin without the mutex.
  private let invitations = Atomic<Int>(0)

  private final class Job: Sendable {
    let parts: Int
    let body: @Sendable (Int) -> Void
    let next = Atomic<Int>(0)
    nonisolated(unsafe) var invitations: Int
    nonisolated(unsafe) var helping = 0
    /// Whether `helping` is above 0, for threads that spin without the mutex.
    let isHelped = Atomic<Bool>(false)

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
    unsafe mutex = .allocate(capacity: 1)
    unsafe wakeUp = .allocate(capacity: 1)
    unsafe finished = .allocate(capacity: 1)
    unsafe pthread_mutex_init(mutex, nil)
    unsafe pthread_cond_init(wakeUp, nil)
    unsafe pthread_cond_init(finished, nil)
  }

  /// Calls `body` once for each part, on this thread and on idle ones.
  ///
  /// Parts must depend neither on each other nor on the thread that computes them.
  func run(parts: Int, _ body: @Sendable (Int) -> Void) {
    guard parts > 1 else {
      if parts == 1 { body(0) }
      return
    }
    withoutActuallyEscaping(body) { body in
      unsafe pthread_mutex_lock(mutex)
      unsafe callers += 1
      if unsafe !hasStarted {
        unsafe hasStarted = true
        for _ in 1..<max(Self.width, 2) { startThread() }
      }
      let free = unsafe Self.width - max(callers, runs) - helpers
      let job = Job(parts: parts, invitations: max(0, min(parts - 1, free)), body: body)
      let invited = unsafe job.invitations
      if invited > 0 {
        unsafe waiting.append(job)
        invitations.add(invited, ordering: .releasing)
        for _ in 0..<(unsafe min(invited, sleepers)) { unsafe pthread_cond_signal(wakeUp) }
      }
      unsafe pthread_mutex_unlock(mutex)
      job.work()
      unsafe pthread_mutex_lock(mutex)
      if unsafe job.invitations > 0 {
        unsafe waiting.removeAll { $0 === job }
        unsafe invitations.subtract(job.invitations, ordering: .relaxed)
      }
      if unsafe job.helping > 0 {
        unsafe pthread_mutex_unlock(mutex)
        Self.spin { !job.isHelped.load(ordering: .acquiring) }
        unsafe pthread_mutex_lock(mutex)
        while unsafe job.helping > 0 { unsafe pthread_cond_wait(finished, mutex) }
      }
      unsafe callers -= 1
      unsafe pthread_mutex_unlock(mutex)
    }
  }

  /// Calls `body`; meanwhile this thread counts as busy between large operations too.
  func computing<R, E: Error>(_ body: () throws(E) -> R) throws(E) -> R {
    unsafe pthread_mutex_lock(mutex)
    unsafe runs += 1
    unsafe pthread_mutex_unlock(mutex)
    defer {
      unsafe pthread_mutex_lock(mutex)
      unsafe runs -= 1
      unsafe pthread_mutex_unlock(mutex)
    }
    return try body()
  }

  /// Spins until a condition holds, for at most 50 µs.
  private static func spin(until isThere: () -> Bool) {
    let end = ContinuousClock.now.advanced(by: .microseconds(50))
    repeat {
      for _ in 0..<16 {
        if isThere() { return }
        ck_pause()
      }
    } while ContinuousClock.now < end
  }

  private func help() -> Never {
    unsafe pthread_mutex_lock(mutex)
    while true {
      guard let job = unsafe waiting.first else {
        unsafe pthread_mutex_unlock(mutex)
        Self.spin { self.invitations.load(ordering: .acquiring) > 0 }
        unsafe pthread_mutex_lock(mutex)
        if unsafe waiting.isEmpty {
          unsafe sleepers += 1
          unsafe pthread_cond_wait(wakeUp, mutex)
          unsafe sleepers -= 1
        }
        continue
      }
      unsafe job.invitations -= 1
      invitations.subtract(1, ordering: .relaxed)
      if unsafe job.invitations == 0 { unsafe waiting.removeFirst() }
      unsafe job.helping += 1
      job.isHelped.store(true, ordering: .relaxed)
      unsafe helpers += 1
      unsafe pthread_mutex_unlock(mutex)
      job.work()
      unsafe pthread_mutex_lock(mutex)
      unsafe job.helping -= 1
      unsafe helpers -= 1
      if unsafe job.helping == 0 {
        job.isHelped.store(false, ordering: .releasing)
        unsafe pthread_cond_broadcast(finished)
      }
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
    // Without the thread, callers compute all parts themselves.
    if failure != 0 { unsafe Unmanaged<ThreadPool>.fromOpaque(pool).release() }
  }
}
