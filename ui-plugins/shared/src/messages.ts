/**
 * What every plugin shows a page of its own for. `waiting`: for an answer of the service; `refused`: the service does not
 * sign the person in; `down`: it does not answer; `no-vm`: webadmin does not tell the VM.
 */
export type CommonNotice = 'waiting' | 'refused' | 'down' | 'no-vm';
/** Heading and sentence. */
export type NoticeText = [string, string];

/** The words that every plugin needs. `Kind` names the notices that it has beside those of all. */
export interface Messages<Kind extends string = never> {
  retry: string;
  /** Webadmin's own name of its list. */
  virtualMachines: string;
  /** Shown when a login succeeds, but the browser does not send its cookie from a frame. */
  noCookie: string;
  notices: Record<CommonNotice | Kind, NoticeText>;
}

/** Texts by language. */
type Languages<Texts> = Record<string, Texts> & { en: Texts };

const languages: Languages<Messages> = {
  en: {
    retry: 'Try again',
    virtualMachines: 'Virtual Machines',
    noCookie:
      'The sign-in worked, but the browser does not keep it in this frame. Allow cookies for the Foreman service.',
    notices: {
      waiting: ['Asking Foreman …', ''],
      refused: ['Foreman did not sign you in', 'The service gave no reason.'],
      down: [
        'The Foreman service does not answer',
        'It is asked again by itself, and its pages come back as soon as it answers.',
      ],
      'no-vm': [
        'Which virtual machine?',
        'Webadmin does not tell which virtual machine this tab was opened for. Choose it in the list.',
      ],
    },
  },
  de: {
    retry: 'Erneut versuchen',
    virtualMachines: 'Virtuelle Maschinen',
    noCookie:
      'Die Anmeldung war erfolgreich, aber der Browser behält sie in diesem Rahmen nicht. Erlauben Sie Cookies für den Foreman-Dienst.',
    notices: {
      waiting: ['Foreman wird gefragt …', ''],
      refused: ['Foreman hat die Anmeldung abgelehnt', 'Der Dienst hat keinen Grund genannt.'],
      down: [
        'Der Foreman-Dienst antwortet nicht',
        'Er wird von selbst wieder gefragt; seine Seiten erscheinen, sobald er antwortet.',
      ],
      'no-vm': [
        'Welche virtuelle Maschine?',
        'Webadmin sagt nicht, für welche virtuelle Maschine dieser Reiter geöffnet wurde. Wählen Sie sie in der Liste aus.',
      ],
    },
  },
  fr: {
    retry: 'Réessayer',
    virtualMachines: 'Machines virtuelles',
    noCookie:
      'La connexion a réussi, mais le navigateur ne la conserve pas dans ce cadre. Autorisez les cookies du service Foreman.',
    notices: {
      waiting: ['Interrogation de Foreman…', ''],
      refused: ['Foreman a refusé la connexion', 'Le service n’a pas donné de raison.'],
      down: [
        'Le service Foreman ne répond pas',
        'Il est interrogé à nouveau automatiquement ; ses pages reviennent dès qu’il répond.',
      ],
      'no-vm': [
        'Quelle machine virtuelle ?',
        'Webadmin n’indique pas pour quelle machine virtuelle cet onglet a été ouvert. Choisissez-la dans la liste.',
      ],
    },
  },
  es: {
    retry: 'Reintentar',
    virtualMachines: 'Máquinas virtuales',
    noCookie:
      'El inicio de sesión funcionó, pero el navegador no lo conserva en este marco. Permita las cookies del servicio Foreman.',
    notices: {
      waiting: ['Consultando a Foreman…', ''],
      refused: ['Foreman rechazó el inicio de sesión', 'El servicio no indicó el motivo.'],
      down: [
        'El servicio Foreman no responde',
        'Se le vuelve a consultar automáticamente; sus páginas vuelven en cuanto responda.',
      ],
      'no-vm': [
        '¿Qué máquina virtual?',
        'Webadmin no indica para qué máquina virtual se abrió esta pestaña. Elíjala en la lista.',
      ],
    },
  },
  pt: {
    retry: 'Tentar novamente',
    virtualMachines: 'Máquinas virtuais',
    noCookie:
      'O acesso funcionou, mas o navegador não o mantém neste quadro. Permita os cookies do serviço do Foreman.',
    notices: {
      waiting: ['Consultando o Foreman…', ''],
      refused: ['O Foreman recusou o acesso', 'O serviço não informou o motivo.'],
      down: [
        'O serviço do Foreman não responde',
        'Ele é consultado de novo automaticamente; as páginas voltam assim que ele responder.',
      ],
      'no-vm': [
        'Qual máquina virtual?',
        'O Webadmin não informa para qual máquina virtual esta aba foi aberta. Escolha-a na lista.',
      ],
    },
  },
  ja: {
    retry: '再試行',
    virtualMachines: '仮想マシン',
    noCookie:
      'サインインは成功しましたが、ブラウザーがこのフレームで保持しません。Foreman サービスの Cookie を許可してください。',
    notices: {
      waiting: ['Foreman に問い合わせています…', ''],
      refused: ['Foreman へのサインインが拒否されました', 'サービスから理由は示されませんでした。'],
      down: ['Foreman サービスが応答しません', '自動的に再試行され、応答があり次第ページが表示されます。'],
      'no-vm': [
        'どの仮想マシンですか?',
        'このタブがどの仮想マシンのものかを webadmin は示していません。一覧から選択してください。',
      ],
    },
  },
  zh: {
    retry: '重试',
    virtualMachines: '虚拟机',
    noCookie: '登录成功,但浏览器没有在此框架中保留登录状态。请允许 Foreman 服务使用 Cookie。',
    notices: {
      waiting: ['正在查询 Foreman…', ''],
      refused: ['Foreman 拒绝了登录', '服务没有给出原因。'],
      down: ['Foreman 服务没有响应', '系统会自动重试,服务恢复后页面将重新显示。'],
      'no-vm': ['哪台虚拟机?', 'Webadmin 没有说明此标签页是为哪台虚拟机打开的。请在列表中选择。'],
    },
  },
};

/** @param locale as webadmin writes it: `pt-BR`, `de_DE`; an unknown language gives English. */
export function inLanguage<Texts>(texts: Languages<Texts>, locale: string): Texts {
  const language = locale.split(/[-_]/)[0]?.toLowerCase() ?? '';
  return texts[language] ?? texts.en;
}

export function commonMessages(locale: string): Messages {
  return inLanguage(languages, locale);
}
