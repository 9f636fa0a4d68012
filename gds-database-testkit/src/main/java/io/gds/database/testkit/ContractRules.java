package io.gds.database.testkit;

import io.gds.database.spi.RollingVerbs;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.TestReporter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What all rules of the contract share: the fixture, the table, and what is judged when. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.MethodName.class)
abstract class ContractRules {
    private static final Logger LOG = LoggerFactory.getLogger(EngineContract.class);

    final ContractTable table = new ContractTable();

    /** Makes a fresh cluster: at least one primary and one follower, all on one version, all caught up. */
    protected abstract EngineFixture start();

    @AfterAll
    void printTable(TestReporter reporter) {
        LOG.info("{}", table);
        reporter.publishEntry("contract", table.toString());
    }

    final void judge(String rule, Consumer<EngineFixture> check, String... restsOn) throws Exception {
        table.judge(
                rule,
                () -> {
                    try (EngineFixture f = start()) {
                        check.accept(f);
                    }
                },
                restsOn);
    }

    final void judgeVerbs(String rule, Rule check, String... restsOn) throws Exception {
        judge(
                rule,
                f -> {
                    if (f.engine().facet(RollingVerbs.class).isEmpty()) {
                        table.skip(rule, "not declared: RollingVerbs");
                    }
                    check.judge(f, new ContractVerbs(f));
                },
                restsOn);
    }

    interface Rule {
        void judge(EngineFixture fixture, ContractVerbs verbs);
    }
}
