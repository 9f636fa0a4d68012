// Parses every *.ps1 below the given folders with tree-sitter's grammar of PowerShell, and looks after a few rules of style.
// Prints a line for each file and each mistake; ends with 1 when there is a mistake, or no file.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Language, Parser } from 'web-tree-sitter';

// What somebody who reads a script at night has to look up, and what may mean something else on another host.
const ALIASES = new Map(Object.entries({
    '%': 'ForEach-Object', '?': 'Where-Object', foreach: 'ForEach-Object', where: 'Where-Object', select: 'Select-Object',
    sort: 'Sort-Object', group: 'Group-Object', measure: 'Measure-Object', gci: 'Get-ChildItem', ls: 'Get-ChildItem',
    dir: 'Get-ChildItem', gi: 'Get-Item', gp: 'Get-ItemProperty', gc: 'Get-Content', cat: 'Get-Content', type: 'Get-Content',
    sc: 'Set-Content, or sc.exe', cd: 'Set-Location', pwd: 'Get-Location', ni: 'New-Item', md: 'New-Item', mkdir: 'New-Item',
    rm: 'Remove-Item', ri: 'Remove-Item', del: 'Remove-Item', rmdir: 'Remove-Item', cp: 'Copy-Item', copy: 'Copy-Item',
    mv: 'Move-Item', move: 'Move-Item', ren: 'Rename-Item', echo: 'Write-Output', ps: 'Get-Process', gps: 'Get-Process',
    kill: 'Stop-Process', start: 'Start-Process', gsv: 'Get-Service', sleep: 'Start-Sleep', gwmi: 'Get-CimInstance',
    gcim: 'Get-CimInstance', icim: 'Invoke-CimMethod', icm: 'Invoke-Command', iwr: 'Invoke-WebRequest',
    curl: 'curl.exe', wget: 'Invoke-WebRequest',
}));

const problem = (node, kind, what) =>
    ({ line: node.startPosition.row + 1, column: node.startPosition.column + 1, kind, what });

const excerpt = (text) => JSON.stringify(text.length > 60 ? text.slice(0, 60) + '...' : text);

function* grammar(node) {
    if (node.isMissing) {
        yield problem(node, 'MISSING', `expected ${JSON.stringify(node.type)}`);
    } else if (node.isError) {
        yield problem(node, 'ERROR', excerpt(node.text));
    }
    if (node.hasError) {
        for (const child of node.children) yield* grammar(child);
    }
}

function* style(node) {
    if (node.type === 'command_name') {
        const name = node.text.toLowerCase();
        if (name === 'invoke-expression' || name === 'iex') {
            yield problem(node, 'STYLE', `${node.text}: text that comes from elsewhere is never run`);
        } else if (ALIASES.has(name)) {
            yield problem(node, 'STYLE', `${node.text} is an alias: write ${ALIASES.get(name)}`);
        }
    }
    for (const child of node.children) yield* style(child);
}

// Every script, those that change something above all, begins by saying what it does.
function* beginning(text, root) {
    if (!/^#(?!requires)[^\n]{20,}/i.test(text)) {
        yield problem(root.child(0) ?? root, 'STYLE', 'the first line is a comment that says what the script does');
    }
}

// Windows PowerShell reads a file without a mark in the code page of its host.
function* letters(text) {
    for (const [row, line] of text.split('\n').entries()) {
        const at = line.search(/[^\t\r\x20-\x7e]/);
        if (at >= 0) yield { line: row + 1, column: at + 1, kind: 'STYLE', what: `${excerpt(line[at])} is not ASCII` };
    }
}

function* scripts(folder) {
    if (!existsSync(folder)) return;
    for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
        const path = join(folder, entry.name);
        if (entry.isDirectory()) {
            yield* scripts(path);
        } else if (entry.name.toLowerCase().endsWith('.ps1')) {
            yield path;
        }
    }
}

await Parser.init();
const wasm = createRequire(import.meta.url).resolve('tree-sitter-powershell/tree-sitter-powershell.wasm');
const parser = new Parser();
parser.setLanguage(await Language.load(wasm));

let files = 0;
let errors = 0;
for (const folder of process.argv.slice(2)) {
    for (const path of scripts(folder)) {
        const text = readFileSync(path, 'utf8');
        const root = parser.parse(text).rootNode;
        const found = [...grammar(root), ...style(root), ...beginning(text, root), ...letters(text)];
        // A tree that is said to have an error, and shows none, is none that was understood.
        if (root.hasError && !found.some((f) => f.kind !== 'STYLE')) found.push(problem(root, 'ERROR', 'somewhere in the file'));
        console.log(`${path}: ${found.length === 0 ? 'ok' : found.length + ' wrong'}`);
        for (const f of found) console.log(`${path}:${f.line}:${f.column}: ${f.kind} ${f.what}`);
        files += 1;
        errors += found.length;
    }
}
console.log(`powershell grammar: ${files} files, ${errors} errors`);
if (files === 0) console.error('powershell grammar: no *.ps1 found: nothing was checked');
process.exitCode = files > 0 && errors === 0 ? 0 : 1;
