import type * as vscode from 'vscode';
import { DataTransferItem } from 'vscode';

/** Rules of the view can be dragged into a rule file: it then names them. */
export function ruleDrag<Node>(
  uriOf: (node: Node) => string | undefined,
): vscode.TreeDragAndDropController<Node> {
  return {
    dropMimeTypes: [],
    dragMimeTypes: [listType],
    handleDrag(nodes, data) {
      const uris = nodes.flatMap((node) => uriOf(node) ?? []);
      if (uris.length > 0) data.set(listType, new DataTransferItem(uris.join('\r\n')));
    },
  };
}

const listType = 'text/uri-list';
