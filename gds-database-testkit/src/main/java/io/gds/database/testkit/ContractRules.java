package io.gds.database.testkit;

import io.gds.database.spi.RollingVerbs;
import java.util.Comparator;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodDescriptor;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.MethodOrdererContext;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.TestReporter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What all rules of the contract share: the fixture, the table, and what is judged when. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(ContractRules.RuleOrder.class)
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

    /** Rules in the order of their numbers, so that those that others rest on are judged before them. */
    public static final class RuleOrder implements MethodOrderer {
        private static final Pattern NUMBER = Pattern.compile("_spi_(\\d+)_(\\d+)_");

        /** For JUnit. */
        public RuleOrder() {}

        @Override
        public void orderMethods(MethodOrdererContext context) {
            context.getMethodDescriptors().sort(Comparator.comparingInt(RuleOrder::number));
        }

        private static int number(MethodDescriptor rule) {
            Matcher m = NUMBER.matcher(rule.getMethod().getName());
            return m.find() ? 1000 * Integer.parseInt(m.group(1)) + Integer.parseInt(m.group(2)) : Integer.MAX_VALUE;
        }
    }

    interface Rule {
        void judge(EngineFixture fixture, ContractVerbs verbs);
    }
}
