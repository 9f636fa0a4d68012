package io.gds.samples.cli;

import io.gds.engine.mssql.BuildPolicy;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A catalogue of builds, by which target builds are judged.
 *
 * @param file the build index of dbatools
 * @param rule which builds are wanted; empty when any is that was not taken back
 */
record Catalogue(Path file, Optional<Rule> rule) {
    /** Which builds are wanted, as it is typed. */
    enum Rule {
        /** The newest cumulative update. */
        LATEST_CU("latest-cu"),
        /** The newest security update of the line that an instance is on. */
        LATEST_SECURITY("latest-security"),
        /** The cumulative update before the newest one, or more. */
        N_MINUS_1("n-1");

        private final String typed;

        Rule(String typed) {
            this.typed = typed;
        }

        @Override
        public String toString() {
            return typed;
        }
    }

    /** Reads the file. */
    BuildPolicy policy() {
        BuildPolicy any = BuildPolicy.of(file);
        return rule.map(r -> switch (r) {
                    case LATEST_CU -> any.latestCu();
                    case LATEST_SECURITY -> any.latestSecurityOnMyBranch();
                    case N_MINUS_1 -> any.behind(1);
                })
                .orElse(any);
    }
}
