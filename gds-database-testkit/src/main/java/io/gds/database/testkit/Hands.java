package io.gds.database.testkit;

/** Whoever is about to change the fake cluster: a step of a simulated process, which may die right before or after. */
interface Hands {
    /** The run's step; empty for what happens by itself. */
    String step();

    /** Called right before a real change. */
    void before();

    /** Called right after a real change. */
    void after();

    /** Nobody in particular: a test that arranges things. */
    static Hands nobody() {
        return new Hands() {
            @Override
            public String step() {
                return "";
            }

            @Override
            public void before() {}

            @Override
            public void after() {}
        };
    }
}
