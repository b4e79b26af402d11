import * as vscode from 'vscode';

/** A folder of the protocol is a URI or an absolute path of this machine. */
export function folderUri(folder: string): vscode.Uri {
  return /^[a-z][a-z0-9+.-]+:\/\//i.test(folder) ? vscode.Uri.parse(folder) : vscode.Uri.file(folder);
}

/** A file named as the protocol does: folder, and path relative to it. */
export function fileUri(folder: string, path: string): vscode.Uri {
  return vscode.Uri.joinPath(folderUri(folder), ...path.split('/'));
}
