package io.gds.database.testkit.powershell;

/** Code as a value. */
final class ScriptBlock {
    private final Ast.Body body;

    ScriptBlock(Ast.Body body) {
        this.body = body;
    }

    Ast.Body body() {
        return body;
    }

    @Override
    public String toString() {
        return body.text();
    }
}
