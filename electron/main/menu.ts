import { Menu, shell, type MenuItemConstructorOptions } from 'electron'
import { openExternalLink } from './external-links.ts'

/** The usual menus. The lab's own commands are the page's: it shows their keys, and is the same in a browser tab. */
export function setMenu(): void {
  const template: MenuItemConstructorOptions[] = [
    ...(process.platform === 'darwin' ? [{ role: 'appMenu' } as const] : []),
    { role: 'fileMenu' },
    { role: 'editMenu' },
    { role: 'viewMenu' },
    { role: 'windowMenu' },
    {
      role: 'help',
      submenu: [
        { label: 'The Fetch Standard', click: () => openExternalLink(shell, 'https://fetch.spec.whatwg.org/#http-cors-protocol') },
        ...(process.platform === 'darwin' ? [] : [{ type: 'separator' } as const, { role: 'about' } as const]),
      ],
    },
  ]
  Menu.setApplicationMenu(Menu.buildFromTemplate(template))
}
