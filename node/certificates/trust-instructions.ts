import type { LabCertificate } from '#shared/contract/methods'

/**
 * How each system and program is told to trust the lab's authority. A line that begins with `$` is a command to copy.
 * Nothing does this by itself: whoever trusts the authority trusts everybody who can read its key.
 * @param file where the certificate lies.
 * @param url what is opened once that it is trusted.
 */
export function trustInstructions(file: string, url: string): LabCertificate['trust'] {
  const path = `"${file}"`
  return [
    { system: 'curl', steps: [`$ curl --cacert ${path} ${url}`] },
    { system: 'Node', steps: [`$ NODE_EXTRA_CA_CERTS=${path} node app.js`] },
    {
      system: 'Firefox',
      steps: [
        'Open Settings, Privacy & Security, Certificates, View Certificates, Authorities.',
        `Choose Import, then ${file}.`,
        'Tick “Trust this CA to identify websites”.',
      ],
    },
    {
      system: 'Chrome and Chromium on Linux',
      steps: [
        `$ certutil -d sql:$HOME/.pki/nssdb -A -t "C,," -n "CORS Lab" -i ${path}`,
        'certutil is in the package libnss3-tools, or nss-tools.',
      ],
    },
    {
      system: 'Debian and Ubuntu',
      steps: [`$ sudo cp ${path} /usr/local/share/ca-certificates/cors-lab.crt`, '$ sudo update-ca-certificates'],
    },
    { system: 'Fedora and Arch Linux', steps: [`$ sudo trust anchor ${path}`] },
    {
      system: 'macOS, with Safari and Chrome',
      steps: [`$ security add-trusted-cert -r trustRoot -k ~/Library/Keychains/login.keychain-db ${path}`],
    },
    { system: 'Windows, with Edge and Chrome', steps: [`$ certutil -user -addstore Root ${path}`] },
    {
      system: 'To take it back',
      steps: ['Delete “CORS Lab authority” where you added it. Deleting both lab-authority files has the lab make a new one.'],
    },
  ]
}
