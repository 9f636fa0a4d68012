package io.gds.database.core.internal.run;

import io.gds.database.gate.Approval;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How one gate stands, folded from its events. Mutable; owned by {@link RunState}. */
public final class GateRun {
    private @Nullable Instant reachedAt;
    private boolean open;
    private boolean expired;
    private final List<Approval> approvals = new ArrayList<>();

    GateRun() {}

    /** When the run came to it; null before. */
    public @Nullable Instant reachedAt() {
        return reachedAt;
    }

    /** Whether it opened. */
    public boolean isOpen() {
        return open;
    }

    /** Whether its deadline passed. */
    public boolean isExpired() {
        return expired;
    }

    /** Who approved, once each. */
    public List<Approval> approvals() {
        return List.copyOf(approvals);
    }

    void reached(Instant at) {
        if (reachedAt == null) {
            reachedAt = at;
        }
    }

    void approved(Approval a) {
        if (approvals.stream().noneMatch(x -> x.by().equals(a.by()))) {
            approvals.add(a);
        }
    }

    void opened() {
        open = true;
    }

    void expire() {
        expired = true;
    }
}
