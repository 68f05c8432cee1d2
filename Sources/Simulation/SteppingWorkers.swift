/// Which workers are in the middle of a step: each makes one at a time.
final class SteppingWorkers: @unchecked Sendable {
    private var places: Set<Int> = []
    private var life = 0

    func isStepping(_ place: Int) -> Bool { places.contains(place) }
    var isAny: Bool { !places.isEmpty }

    /// Answers what to call when the step has ended; one that ends after its process did changes nothing.
    func begin(_ place: Int) -> @Sendable () -> Void {
        places.insert(place)
        let life = life
        return { if self.life == life { self.places.remove(place) } }
    }

    func forgetAll() {
        places = []
        life += 1
    }
}
