package io.gds.database.testkit.powershell;

/** break, continue, return and exit on their way to where they lead. */
abstract sealed class Jump extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private Jump(String what) {
        super(what, null, false, false);
    }

    static final class Break extends Jump {
        private static final long serialVersionUID = 1L;

        Break() {
            super("break");
        }
    }

    static final class Continue extends Jump {
        private static final long serialVersionUID = 1L;

        Continue() {
            super("continue");
        }
    }

    static final class Return extends Jump {
        private static final long serialVersionUID = 1L;

        Return() {
            super("return");
        }
    }

    static final class Exit extends Jump {
        private static final long serialVersionUID = 1L;

        private final int code;

        Exit(int code) {
            super("exit");
            this.code = code;
        }

        int code() {
            return code;
        }
    }

    /** The end of a pipeline that has all it wanted. */
    static final class Enough extends Jump {
        private static final long serialVersionUID = 1L;
        private final transient Object who;

        Enough(Object who) {
            super("enough");
            this.who = who;
        }

        Object who() {
            return who;
        }
    }
}
