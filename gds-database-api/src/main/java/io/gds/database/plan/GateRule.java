package io.gds.database.plan;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** When a gate opens, as data. Made by {@code Gates}; evaluated by the core. */
public sealed interface GateRule {
    /** The rule in words, for runbooks and waits. */
    String describe();

    /**
     * People approve.
     *
     * @param needed how many different people
     * @param deadline how long after the gate was reached it may take; zero for no deadline. A gate whose deadline has
     *     passed stops the run
     * @param reason why somebody must look
     */
    record Approval(int needed, Duration deadline, String reason) implements GateRule {
        /** Checks the parts. */
        public Approval {
            requireNonNull(reason, "reason");
            if (needed < 1 || deadline.isNegative()) {
                throw new IllegalArgumentException(
                        "approval gate: expected at least one person and no negative deadline");
            }
        }

        @Override
        public String describe() {
            return needed
                    + (needed == 1 ? " approval" : " approvals")
                    + (deadline.isZero() ? "" : " within " + deadline)
                    + (reason.isEmpty() ? "" : " (" + reason + ")");
        }
    }

    /**
     * Time passes after the gate was reached.
     *
     * @param time how much
     */
    record Elapsed(Duration time) implements GateRule {
        /** Checks the parts. */
        public Elapsed {
            if (time.isNegative()) {
                throw new IllegalArgumentException("timer gate: negative time " + time);
            }
        }

        @Override
        public String describe() {
            return time + " elapsed";
        }
    }

    /**
     * The engine reports no BLOCK finding for a while.
     *
     * @param stableFor for how long without a break
     */
    record Healthy(Duration stableFor) implements GateRule {
        /** Checks the parts. */
        public Healthy {
            if (stableFor.isNegative()) {
                throw new IllegalArgumentException("health gate: negative time " + stableFor);
            }
        }

        @Override
        public String describe() {
            return "cluster healthy for " + stableFor;
        }
    }

    /**
     * Every follower's lag is known and at most this.
     *
     * @param amount in the unit that the engine's topology reports
     */
    record LagAtMost(long amount) implements GateRule {
        /** Checks the parts. */
        public LagAtMost {
            if (amount < 0) {
                throw new IllegalArgumentException("lag gate: negative amount " + amount);
            }
        }

        @Override
        public String describe() {
            return "replication lag known and at most " + amount;
        }
    }

    /**
     * A check that the host program registered with the patcher under this name.
     *
     * @param check the name
     */
    record HostCheck(String check) implements GateRule {
        /** Checks the parts. */
        public HostCheck {
            requireNonNull(check, "check");
        }

        @Override
        public String describe() {
            return "host check " + check;
        }
    }

    /**
     * All must be open.
     *
     * @param rules the parts
     */
    record AllOf(List<GateRule> rules) implements GateRule {
        /** Copies. */
        public AllOf {
            rules = List.copyOf(rules);
        }

        @Override
        public String describe() {
            return rules.stream().map(GateRule::describe).collect(Collectors.joining(" and ", "(", ")"));
        }
    }

    /**
     * One open part is enough.
     *
     * @param rules the parts
     */
    record AnyOf(List<GateRule> rules) implements GateRule {
        /** Copies. */
        public AnyOf {
            rules = List.copyOf(rules);
        }

        @Override
        public String describe() {
            return rules.stream().map(GateRule::describe).collect(Collectors.joining(" or ", "(", ")"));
        }
    }
}
