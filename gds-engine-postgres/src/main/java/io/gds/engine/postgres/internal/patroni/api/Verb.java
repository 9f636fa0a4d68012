package io.gds.engine.postgres.internal.patroni.api;

/** A request that changes something. */
public enum Verb {
    /** {@code POST /switchover}. */
    SWITCHOVER("POST", "/switchover"),
    /** {@code POST /restart}. */
    RESTART("POST", "/restart"),
    /** {@code PATCH /config}. */
    PATCH_CONFIG("PATCH", "/config"),
    /** {@code POST /reload}. */
    RELOAD("POST", "/reload"),
    /** {@code POST /reinitialize}. */
    REINITIALIZE("POST", "/reinitialize"),
    /** {@code DELETE /switchover}. */
    CANCEL_SWITCHOVER("DELETE", "/switchover"),
    /** {@code DELETE /restart}. */
    CANCEL_RESTART("DELETE", "/restart");

    private final String method;
    private final String path;

    Verb(String method, String path) {
        this.method = method;
        this.path = path;
    }

    String method() {
        return method;
    }

    String path() {
        return path;
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
