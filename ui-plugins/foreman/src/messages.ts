import type { NoticeKind } from './notice';

/** The plugin's own few words. */
export interface Messages {
  dashboard: string;
  details: string;
  graphs: string;
  retry: string;
  /** Webadmin's own name of its list. */
  virtualMachines: string;
  /** Shown when a login succeeds, but the browser does not send its cookie from a frame. */
  noCookie: string;
  /** Heading and sentence of the plugin's own page. */
  notices: Record<NoticeKind, [string, string]>;
}

const english: Messages = {
  dashboard: 'Foreman Dashboard',
  details: 'Foreman Details',
  graphs: 'Foreman Graphs',
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
    'no-host': [
      'No host of this VM reports here',
      "The Foreman service knows no host with this virtual machine's UUID or name. Point its Puppet or Ansible at the service: the first report or facts that it uploads bring this page to life.",
    ],
    'no-vm': [
      'Which virtual machine?',
      'Webadmin does not tell which virtual machine this tab was opened for. Choose it in the list.',
    ],
    failed: [
      "This VM's host could not be looked up",
      'The Foreman service answered with something else than a list of hosts.',
    ],
  },
};

const languages: Record<string, Messages> = {
  en: english,
  de: {
    dashboard: 'Foreman-Übersicht',
    details: 'Foreman-Details',
    graphs: 'Foreman-Diagramme',
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
      'no-host': [
        'Kein Host dieser VM meldet sich hier',
        'Der Foreman-Dienst kennt keinen Host mit der UUID oder dem Namen dieser virtuellen Maschine. Richten Sie deren Puppet oder Ansible auf den Dienst: Mit dem ersten Bericht oder den ersten Fakten erscheint hier die Seite.',
      ],
      'no-vm': [
        'Welche virtuelle Maschine?',
        'Webadmin sagt nicht, für welche virtuelle Maschine dieser Reiter geöffnet wurde. Wählen Sie sie in der Liste aus.',
      ],
      failed: [
        'Der Host dieser VM konnte nicht gefunden werden',
        'Der Foreman-Dienst hat etwas anderes als eine Liste von Hosts geantwortet.',
      ],
    },
  },
  fr: {
    dashboard: 'Tableau de bord Foreman',
    details: 'Détails Foreman',
    graphs: 'Graphiques Foreman',
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
      'no-host': [
        'Aucun hôte de cette VM n’envoie de rapports ici',
        'Le service Foreman ne connaît aucun hôte ayant l’UUID ou le nom de cette machine virtuelle. Dirigez son Puppet ou son Ansible vers le service : son premier rapport ou ses premiers faits font apparaître cette page.',
      ],
      'no-vm': [
        'Quelle machine virtuelle ?',
        'Webadmin n’indique pas pour quelle machine virtuelle cet onglet a été ouvert. Choisissez-la dans la liste.',
      ],
      failed: [
        'L’hôte de cette VM n’a pas pu être recherché',
        'Le service Foreman a répondu autre chose qu’une liste d’hôtes.',
      ],
    },
  },
  es: {
    dashboard: 'Panel de Foreman',
    details: 'Detalles de Foreman',
    graphs: 'Gráficos de Foreman',
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
      'no-host': [
        'Ningún host de esta VM informa aquí',
        'El servicio Foreman no conoce ningún host con el UUID o el nombre de esta máquina virtual. Dirija su Puppet o Ansible al servicio: su primer informe o sus primeros datos hacen aparecer esta página.',
      ],
      'no-vm': [
        '¿Qué máquina virtual?',
        'Webadmin no indica para qué máquina virtual se abrió esta pestaña. Elíjala en la lista.',
      ],
      failed: [
        'No se pudo buscar el host de esta VM',
        'El servicio Foreman respondió algo distinto de una lista de hosts.',
      ],
    },
  },
  pt: {
    dashboard: 'Painel do Foreman',
    details: 'Detalhes do Foreman',
    graphs: 'Gráficos do Foreman',
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
      'no-host': [
        'Nenhum host desta VM envia relatórios para cá',
        'O serviço do Foreman não conhece nenhum host com o UUID ou o nome desta máquina virtual. Aponte o Puppet ou o Ansible dela para o serviço: o primeiro relatório ou os primeiros fatos fazem esta página aparecer.',
      ],
      'no-vm': [
        'Qual máquina virtual?',
        'O Webadmin não informa para qual máquina virtual esta aba foi aberta. Escolha-a na lista.',
      ],
      failed: [
        'Não foi possível procurar o host desta VM',
        'O serviço do Foreman respondeu algo diferente de uma lista de hosts.',
      ],
    },
  },
  ja: {
    dashboard: 'Foreman ダッシュボード',
    details: 'Foreman の詳細',
    graphs: 'Foreman グラフ',
    retry: '再試行',
    virtualMachines: '仮想マシン',
    noCookie:
      'サインインは成功しましたが、ブラウザーがこのフレームで保持しません。Foreman サービスの Cookie を許可してください。',
    notices: {
      waiting: ['Foreman に問い合わせています…', ''],
      refused: ['Foreman へのサインインが拒否されました', 'サービスから理由は示されませんでした。'],
      down: ['Foreman サービスが応答しません', '自動的に再試行され、応答があり次第ページが表示されます。'],
      'no-host': [
        'この仮想マシンのホストはここに報告していません',
        'Foreman サービスには、この仮想マシンの UUID または名前を持つホストがありません。Puppet または Ansible の送信先をこのサービスにしてください。最初のレポートまたはファクトが届くと、このページが表示されます。',
      ],
      'no-vm': [
        'どの仮想マシンですか?',
        'このタブがどの仮想マシンのものかを webadmin は示していません。一覧から選択してください。',
      ],
      failed: [
        'この仮想マシンのホストを検索できませんでした',
        'Foreman サービスの応答がホストの一覧ではありませんでした。',
      ],
    },
  },
  zh: {
    dashboard: 'Foreman 仪表板',
    details: 'Foreman 详情',
    graphs: 'Foreman 图表',
    retry: '重试',
    virtualMachines: '虚拟机',
    noCookie: '登录成功,但浏览器没有在此框架中保留登录状态。请允许 Foreman 服务使用 Cookie。',
    notices: {
      waiting: ['正在查询 Foreman…', ''],
      refused: ['Foreman 拒绝了登录', '服务没有给出原因。'],
      down: ['Foreman 服务没有响应', '系统会自动重试,服务恢复后页面将重新显示。'],
      'no-host': [
        '此虚拟机没有主机在此报告',
        'Foreman 服务中没有与此虚拟机的 UUID 或名称相同的主机。请将其 Puppet 或 Ansible 指向该服务:收到第一份报告或 facts 后,此页面就会显示。',
      ],
      'no-vm': ['哪台虚拟机?', 'Webadmin 没有说明此标签页是为哪台虚拟机打开的。请在列表中选择。'],
      failed: ['无法查找此虚拟机的主机', 'Foreman 服务的回答不是主机列表。'],
    },
  },
};

/** @param locale as webadmin writes it: `pt-BR`, `de_DE`; an unknown language gives English. */
export function messagesFor(locale: string): Messages {
  const language = locale.split(/[-_]/)[0]?.toLowerCase() ?? '';
  return languages[language] ?? english;
}
